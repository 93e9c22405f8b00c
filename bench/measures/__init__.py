"""What `bench/text` measures: each module is one measure, or one side of the comparison."""
