package main

//go:generate go run . ../.. ../../docs/conformance.md
