// Package htmltext turns the HTML of mail into plain text, in the way a person
// would who had to write the same letter without formatting.
//
// It stands on the flat token sequence of [htmlscan.Tokenizer], builds no tree,
// takes time linear in its input, keeps no stack that the input can grow, and
// accepts any bytes. What a browser would show and text can say is kept; what
// only a style sheet hides is not recognised as hidden.
package htmltext
