"""After submitting: the receipt, changing the contact person, copying to a new round."""
