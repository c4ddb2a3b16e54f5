# Reads feeds as RSS 2.0 and Atom 1.0 have them, by Ruby's own reader of both, and prints what it finds wrong.
require 'rss'

ARGV.each do |name|
  # RSS is allowed elements of other vocabularies; the reader knows all that we use but this one.
  text = File.read(name).gsub(%r{<atom:link [^>]*></atom:link>}, '')
  begin
    feed = RSS::Parser.parse(text, validate: true, ignore_unknown_element: false)
    puts "#{name}: no feed" if feed.nil?
    puts "#{name}: nothing in it" if feed && feed.items.empty?
  rescue RSS::Error => e
    puts "#{name}: #{e.message}"
  end
end
