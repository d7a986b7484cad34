import { describe, expect, it } from 'vitest';
import { openOwners } from './test-owners.js';
import { writeFeed } from './write-feed.js';

describe('the feed of an organisation', () => {
  it('has its own notices, the newest first, as Atom', async () => {
    await using owners = await openOwners();
    await using notices = owners.open();
    await notices.round();
    await owners.quarantine('fi');
    await owners.quarantine('dk');
    owners.time.now += 60_000;
    await owners.release('rank', 'unit');
    await notices.round();
    const feed = writeFeed('dk', owners.store.read());
    const [used, quarantined] = owners.store.read()?.boxes['dk']?.notices.toReversed() ?? [];
    expect(feed).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:hub:notices:dk</id>
<title>Notices for dk</title>
<author><name>Cooperation Hub</name></author>
<updated>2026-11-30T08:01:00.000Z</updated>
<entry>
<id>urn:hub:notice:${used?.id}</id>
<title>FIELDS_USED</title>
<updated>2026-11-30T08:01:00.000Z</updated>
<content type="text">Release 1 uses fields of yours: Officer.rank by network, Officer.unit by network.</content>
</entry>
<entry>
<id>urn:hub:notice:${quarantined?.id}</id>
<title>QUARANTINED</title>
<updated>2026-11-30T08:00:00.000Z</updated>
<content type="text">Your schema 2.1 is in quarantine: override at Group.title (14:3).</content>
</entry>
</feed>
`);
  });

  it('is empty before anything happened', () => {
    expect(writeFeed('dk', undefined)).not.toContain('<entry>');
  });
});
