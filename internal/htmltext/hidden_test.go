package htmltext

import "testing"

func TestConvert_Hidden(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{"display none", `a<div style="color:red; DISPLAY : None !important">x<p>y</p></div>b`, "ab"},
		{"visibility", `a <span style="visibility:hidden">x</span>b`, "a b"},
		{"opacity", `a<span style="opacity:0">x</span>b<span style="opacity:0.5">c</span>`, "abc"},
		{"attribute", `a<p hidden>x</p>b`, "ab"},
		{"template", `a<template><p>x</p></template>b`, "ab"},
		{"line of a preview", `<div style="max-height:0;overflow:hidden;">x</div>a`, "a"},
		{"no height that shows", `<div style="height:0">a</div><div style="overflow:hidden">b</div>`, "a\r\nb"},
		{"hidden from one program", `<div style="mso-hide:all">a</div><div style="font-size:0">b</div>`, "a\r\nb"},
		{"shown", `<div style="display:block">a</div>`, "a"},
		{"of the same name within", `<div style="display:none"><div>x</div>y</div>a`, "a"},
		{"other names within", `<table style="display:none"><tr><td><div>x</div></td></tr></table>a`, "a"},
		{"inline", `<b style="display:none">x<b>y</b>z</b>a`, "a"},
		{"link and image", `<div style="display:none"><a href="http://x">x</a><img alt=y></div>a`, "a"},
		{"void element", `<br style="display:none">a<img style="display:none" alt=b>c`, "abc"},
		{"address not escaped", `<div style="display:none"><x@example.com></div>a`, "a"},

		{"never closed, in a cell", `<table><tr><td><div style="display:none">x</td><td>a</td></tr></table>`, "a"},
		{"never closed, in a paragraph", `<p><span style="display:none">x</p><p>a</p>`, "a"},
		{"never closed, closed by the body", `a<div style="display:none">x</body>b`, "a\r\nb"},
		{"paragraph without end tag", `<p style="display:none">x<p>a`, "a"},
		{"item without end tag", `<ul><li style="display:none">x<ul><li>y</ul>z<li>a</ul>`, "* a"},
		{"cell without end tag", `<table><tr><td style="display:none">x<table><tr><td>y</table>z<td>a<tr style="display:none"><td>y<tr><td>b</table>`, "a\r\nb"},
		{"stray end tags within", `<div style="display:none">x</b></font></i>y</div>a`, "a"},
		{"paragraphs in a hidden inline element", `<span style="display:none"><p>x<p>y</span>a`, "a"},

		{"all of it", `<html><body><div style="display:none">a</div></body></html>`, "a"},
		{"body", `<body style="display:none">a`, "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Convert(tt.html); got != tt.want {
				t.Errorf("Convert(%s) is %q; want %q", tt.html, got, tt.want)
			}
		})
	}
}
