"""What a Word file carries with it: the facts of its edition and the words as built, packed, and read back."""
