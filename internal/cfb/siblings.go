package cfb

import "math/bits"

// A position is the place of one of n sorted siblings in their red-black tree.
type position struct {
	left, right int // indexes of the siblings below, or -1
	red         bool
}

// siblingRoot returns the index of the root of the tree of n siblings.
func siblingRoot(n int) int { return n / 2 }

// locateSibling returns the position of sibling i of n. The tree halves its
// range at every node, so all levels but the deepest are full; the nodes of the
// deepest are red unless it is full too, which makes a valid red-black tree
// without any balancing ([MS-CFB] 2.6.4).
func locateSibling(i, n int) position {
	lo, hi, level := 0, n, 1
	for {
		m := (lo + hi) / 2
		switch {
		case i < m:
			hi = m
		case i > m:
			lo = m + 1
		default:
			deepest := bits.Len(uint(n))
			p := position{-1, -1, level == deepest && n != 1<<deepest-1}
			if lo < m {
				p.left = (lo + m) / 2
			}
			if m+1 < hi {
				p.right = (m + 1 + hi) / 2
			}
			return p
		}
		level++
	}
}
