#!/usr/bin/perl
# Reads .msg files with Email::Outlook::Message, which msgconvert is made of, and
# writes what it finds, a line each. Usage: msgconvert.pl FOLDER OUTPUT
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Email::Outlook::Message;
use Encode qw(decode FB_DEFAULT);
use JSON::PP;

my ($folder, $output) = @ARGV;
my $json = JSON::PP->new->utf8->canonical;
open my $out, '>', $output or die "$output: $!";
$SIG{__WARN__} = sub { };
for my $file (sort glob "$folder/*.msg") {
    my ($id) = $file =~ m{([^/]+)\.msg$};
    my $found = eval { read_message($file) } || { error => "$@" };
    $found->{id} = $id;
    print $out $json->encode($found), "\n";
}
close $out;

sub read_message {
    my ($file) = @_;
    my $mime = Email::Outlook::Message->new($file)->to_email_mime;
    my %found = (
        subject => $mime->header_str('Subject') // '',
        from => raw_people($mime, 'From'),
        to => raw_people($mime, 'To'), cc => raw_people($mime, 'Cc'), bcc => raw_people($mime, 'Bcc'),
        date_field => $mime->header('Date'),
        text => undef, html => undef, attachments => [], embedded => [],
    );
    walk($mime, \%found);
    return \%found;
}

# raw_people returns the field as it stands: its form is compare.py's to read.
sub raw_people {
    my ($mime, $name) = @_;
    return join ', ', $mime->header_str($name);
}

sub walk {
    my ($part, $found) = @_;
    my $type = lc($part->content_type || 'text/plain');
    my $disposition = $part->header('Content-Disposition') // '';
    if ($type =~ m{^message/rfc822}) {
        push @{ $found->{embedded} }, Email::MIME->new($part->body)->header_str('Subject') // '';
        return;
    }
    if ($type =~ m{^multipart/}) {
        walk($_, $found) for $part->subparts;
        return;
    }
    if ($disposition !~ /^\s*attachment/i && !$part->filename && $type =~ m{^text/(plain|html)}) {
        my $field = $1 eq 'html' ? 'html' : 'text';
        $found->{$field} = eval { $part->body_str } // decode('UTF-8', $part->body, FB_DEFAULT);
        return;
    }
    my $body = $part->body;
    push @{ $found->{attachments} },
        { name => $part->filename // '', size => length($body), sha256 => sha256_hex($body) };
}
