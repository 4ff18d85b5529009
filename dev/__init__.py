"""What developers and the demo start with. The portal never imports it."""
