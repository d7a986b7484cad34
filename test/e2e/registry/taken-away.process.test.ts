import { describe, expect, it, vi } from 'vitest';
import { openPublishingNetwork } from '../network/publishing-network.js';
import { releasesOf } from './motto.js';

vi.setConfig({ testTimeout: 300_000 });

/** Far less than the five minutes between two looks at a manifest. */
const soon = { timeout: 60_000, interval: 250 };

describe('a partner that removes a field without notice', () => {
  it('loses only this field, as soon as a response shows it', async () => {
    await using network = await openPublishingNetwork();
    await network.publishAll();
    await using hub = await network.startHub();
    await expect.poll(() => releasesOf(network), soon).toContain('000001.json');
    // Before, it is asked for less, so that nothing of what is asked for later is cached.
    const units = await hub.ask('{ policeUnits { id } }');
    const ask = () => hub.ask('{ policeUnits { id name city country } }');
    expect(units.data).toMatchObject({
      policeUnits: [{ id: 'no:unit-1' }, { id: 'se:unit-1' }],
    });
    const norway = network.partnerOf('no');
    const [before = '', after = ''] = norway.contract.split(/^(?=type PoliceUnit )/m);
    const schema = before + after.replace(/ {2}"""[^"]*"""\n {2}city: String\n/, '');
    expect(schema.length).toBeLessThan(norway.contract.length);
    await norway.publish({ schema, sequence: 1_001 });

    const first = await ask();
    expect(first.completeness).toMatchObject({ complete: false });
    const rows = async () => {
      const { data, completeness } = await ask();
      return { ...(data as { policeUnits: { id: string }[] }), completeness };
    };
    await expect.poll(rows, soon).toMatchObject({
      policeUnits: [
        { id: 'no:unit-1', name: 'Oslo', country: 'NO' },
        { id: 'se:unit-1', name: 'Stockholm', country: 'SE' },
      ],
      completeness: { partners: { no: { status: 'LACKS_FIELD' } } },
    });
  });
});
