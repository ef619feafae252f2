"""The document: one tree of blocks and inlines that every renderer writes, and the rules that hold for all of them."""
