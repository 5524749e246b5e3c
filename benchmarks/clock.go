package main

import "time"

// wallTime is the time of the clock, which counts what others use of the machine.
func wallTime() time.Duration { return time.Since(began) }

var began = time.Now()
