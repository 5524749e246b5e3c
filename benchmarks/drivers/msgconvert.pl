#!/usr/bin/perl
# Converts a .msg file to an Internet message with what msgconvert is made of.
# Usage: msgconvert.pl TIMES FILE; prints its version and the bytes that it made.
use strict;
use warnings;
use Email::Outlook::Message;

my ($times, $file) = @ARGV;
my $bytes = 0;
for (1 .. $times) {
    $bytes += length(Email::Outlook::Message->new($file)->to_email_mime->as_string);
}
print "Email::Outlook::Message $Email::Outlook::Message::VERSION\t$bytes\n";
