import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqlite } from '../../testing/databases.js';
import type { Behaviour } from '../../testing/open-mail-server.js';
import { Mail } from './mail.entity.js';
import { item, minute, openMails } from './test-mails.js';

/** What happens to a network and a mail server in any order. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('waits' as const), what: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant('done' as const), what: fc.integer({ min: 0, max: 5 }) }),
  fc.record({
    kind: fc.constant('server' as const),
    is: fc.constantFrom<Behaviour>(
      'take',
      { at: 'recipient', code: 451 },
      { at: 'data', code: 450 },
      { at: 'sender', code: 550 },
    ),
  }),
  fc.constant({ kind: 'down' } as const),
  fc.constant({ kind: 'restart' } as const),
  fc.constant({ kind: 'partial' } as const),
);

describe('mails, whatever happens', () => {
  it('tell all that is urgent each time that it begins to wait, and only then', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await using partner = await openMails(sqlite);
        // The digest has tests of its own.
        partner.state.now = Date.parse('2026-11-30T00:00:00Z');
        const waiting = new Set<number>();
        const expected = new Map<number, number>();
        let { round } = partner;
        let isDown = false;
        const next = async () => {
          partner.state.items = [...waiting].map((what) => item(`#${what}`, true));
          await round();
          partner.state.now += 6 * minute;
        };
        for (const one of steps) {
          if (one.kind === 'waits' && !waiting.has(one.what)) {
            waiting.add(one.what);
            expected.set(one.what, (expected.get(one.what) ?? 0) + 1);
          }
          if (one.kind === 'done') waiting.delete(one.what);
          if (one.kind === 'server') partner.server.state.behaviour = one.is;
          if (one.kind === 'restart') round = partner.openChore();
          // Half of the network does not respond: nothing that is not seen has been done.
          if (one.kind === 'partial') {
            Object.assign(partner.state, { items: [], missing: ['fi'] });
            await round();
            partner.state.missing = [];
          }
          if (one.kind === 'down') {
            await (isDown ? partner.server.reopen() : partner.server.close());
            isDown = !isDown;
          }
          await next();
        }
        if (isDown) await partner.server.reopen();
        partner.server.state.behaviour = 'take';
        for (let times = 0; times < 2; times += 1) await next();
        const told = partner.texts().join(' ');
        for (let what = 0; what <= 5; what += 1)
          expect(told.split(`#${what}`).length - 1, `#${what}`).toBe(expected.get(what) ?? 0);
        expect(await partner.source.manager.count(Mail)).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});
