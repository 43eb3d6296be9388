"""The demo season: realistic, deterministic deliveries."""
