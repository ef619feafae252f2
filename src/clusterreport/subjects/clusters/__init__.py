"""The national advanced manufacturing clusters: their tables, their findings, and the figures printed about them."""
