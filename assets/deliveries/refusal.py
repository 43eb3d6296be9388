"""The one way in which a delivery is turned away."""

from __future__ import annotations


class RefusalError(Exception):
    """A file, or a sheet of one, that cannot be taken; the message is the reason, in Chinese, for people."""

    @property
    def reason(self) -> str:
        """The reason as it stands in the list of deliveries."""
        return str(self)
