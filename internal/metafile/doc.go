// Package metafile makes raster images of the pictures that OLE objects carry: of
// device-independent bitmaps, and of the bitmaps within Windows metafiles (WMF) and
// enhanced metafiles (EMF) ([MS-WMF], [MS-EMF]).
//
// It draws no lines and no text: nearly every metafile in mail is a bitmap with a
// frame around it, and one that is a drawing is better left to a program that can
// draw. Input is untrusted: an image is as large as its bytes, time and memory are
// bounded by them and by [MaxPixels].
package metafile
