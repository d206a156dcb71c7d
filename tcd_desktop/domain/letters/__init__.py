"""Documents that leave the office (văn bản đi): words, rules, paper, signatures."""
