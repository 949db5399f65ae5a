"""What several views share: when to ask the threads for something."""
