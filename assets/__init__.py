"""What is made: read deliveries, typed sources, SQL models, the snapshot."""
