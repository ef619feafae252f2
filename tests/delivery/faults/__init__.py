"""The fault matrix: whatever breaks, nothing is lost, doubled, or said to be sent that was not."""
