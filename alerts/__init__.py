"""Who is told what, when and how: subscriptions, digests, the outbox and the ways out."""
