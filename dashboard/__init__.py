"""The Streamlit pages, without logic."""
