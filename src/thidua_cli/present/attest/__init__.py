"""What persons attest."""
