package main

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/internal/mimescan"
)

// writeNotification writes the notification for an inbound failure to the file
// that -dsn names. A file has no envelope, so the header stands in for it:
// Return-Path, else Sender, else From; Delivered-To, else To, Cc and Bcc.
func (a *arguments) writeNotification(ctx context.Context, failure *diag.Error, in *input) error {
	head, err := mimescan.Scan(ctx, in, 0, in.size, mimescan.Options{MaxMessageDepth: 0, MaxParts: 1})
	if head == nil {
		return err
	}
	addresses := func(names ...string) []string {
		for _, name := range names {
			var list []string
			for f := range head.Header.All(name) {
				for _, box := range address.ParseMax(f.Unfolded(), nil, 1000).Mailboxes {
					list = append(list, box.Addr)
				}
			}
			if len(list) > 0 {
				return list
			}
		}
		return nil
	}
	env := dsn.Envelope{}
	if path, ok := head.Header.Get("Return-Path"); !ok || path.Unfolded() != "<>" {
		if from := addresses("Return-Path", "Sender", "From"); len(from) > 0 {
			env.ReturnPath = from[0]
		}
	}
	to := addresses("Delivered-To")
	if to == nil {
		to = append(append(addresses("To"), addresses("Cc")...), addresses("Bcc")...)
	}
	for _, addr := range to {
		env.Recipients = append(env.Recipients, dsn.Recipient{Address: addr})
	}
	n, err := dsn.New(ctx, failure, env, nil)
	if err != nil {
		return err
	}
	return writeFile(a.dsn, func(w io.Writer) error { return n.Write(ctx, w) })
}
