"""The sample issue's drawings, all made by program: seascapes, lighthouses, moons, charts, things from the shop."""
