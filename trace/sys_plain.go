//go:build !unix && !windows

package trace

func diskFull(error) bool { return false }
