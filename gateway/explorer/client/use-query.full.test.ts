import { describe, expect, it } from 'vitest';
import { awaited, refused } from './awaited.ts';
import type { GraphResponse, PartnerStatus } from './send-operation.ts';
import { readEarlyFirst, readWhenFree } from './use-query.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Headers = Readonly<Record<string, string>> | undefined;
type Statuses = Readonly<Record<string, PartnerStatus>>;

const withStatuses = (
  statuses: Statuses,
): Pick<GraphResponse<unknown>, 'completeness' | 'awaited'> => ({
  completeness: {
    complete: Object.values(statuses).every((status) => status === 'ANSWERED'),
    partners: Object.fromEntries(
      Object.entries(statuses).map(([code, status]) => [code, { status }]),
    ),
  },
});

/** What each reading is limited to, and what is shown after it. */
async function readAll(respond: (deadlineMs: number | undefined) => Promise<Statuses>) {
  const deadlines: (number | undefined)[] = [];
  const read = async (headers: Headers) => {
    const text = headers?.['hub-deadline-ms'];
    const deadline = text === undefined ? undefined : Number(text);
    deadlines.push(deadline);
    return withStatuses(await respond(deadline));
  };
  const shown: unknown[] = [];
  for await (const { completeness, awaited: said } of readEarlyFirst(read))
    shown.push([completeness?.partners['fi']?.status, said, awaited.value]);
  return { deadlines, shown };
}

describe('readEarlyFirst', () => {
  it('waits for a partner that could not decide in the early second', async () => {
    const { deadlines, shown } = await readAll(async (deadline): Promise<Statuses> => {
      if (deadline !== 1000) return { fi: 'ANSWERED' };
      // Its own request to the hub had 0.8 s, and ended without a response.
      await wait(800);
      return { fi: 'TIMED_OUT' };
    });
    expect(deadlines).toEqual([1000, 3000]);
    expect(shown).toEqual([
      ['TIMED_OUT', ['fi'], ['fi']],
      ['ANSWERED', undefined, []],
    ]);
  });

  it('holds back a list in order until the rest has had three seconds', async () => {
    const waited: unknown[] = [];
    const shown: unknown[] = [];
    const read = async (headers: Headers) => {
      waited.push(awaited.value);
      const ms = Number(headers?.['hub-deadline-ms']);
      if (ms !== 1000) return withStatuses({ fi: 'ANSWERED' });
      await wait(ms);
      return withStatuses({ fi: 'TIMED_OUT', no: 'ANSWERED' });
    };
    for await (const { completeness } of readEarlyFirst(read, true))
      shown.push(completeness?.complete);
    expect(waited).toEqual([[], ['fi']]);
    expect(shown).toEqual([true]);
  });

  it('waits for who is late, and for nobody who is down, however long the response took', async () => {
    const { deadlines, shown } = await readAll(async (deadline): Promise<Statuses> => {
      if (deadline !== 1000) return { fi: 'ANSWERED' };
      await wait(1000);
      return { fi: 'TIMED_OUT', no: 'UNAVAILABLE' };
    });
    expect(deadlines).toEqual([1000, 3000]);
    expect(shown).toEqual([
      ['TIMED_OUT', ['fi'], ['fi']],
      ['ANSWERED', undefined, []],
    ]);
  });

  it('shows nothing early if all of it is still to come', async () => {
    const partners = { nbnp: 'TIMED_OUT' } as const;
    const shown: unknown[] = [];
    const read = async (headers: Headers) => {
      const ms = Number(headers?.['hub-deadline-ms'] ?? 0);
      await wait(ms);
      return {
        ...withStatuses(ms > 0 ? partners : { nbnp: 'ANSWERED' }),
        data: { programmes: ms > 0 ? null : [] },
      };
    };
    for await (const { data } of readEarlyFirst(read)) shown.push(data);
    expect(shown).toEqual([{ programmes: [] }]);
  });

  it('shows what came of a busy hub, and reads again for the rest', async () => {
    const busy = [{ message: 'Busy.', extensions: { code: 'OVERLOADED' } }];
    const deadlines: unknown[] = [];
    const read = (headers: Headers) => {
      deadlines.push(headers?.['hub-deadline-ms']);
      const isFirst = deadlines.length === 1;
      return Promise.resolve({
        ...withStatuses({ fi: isFirst ? 'UNAVAILABLE' : 'ANSWERED' }),
        errors: isFirst ? busy : [],
      });
    };
    const shown: unknown[] = [];
    for await (const { errors } of readEarlyFirst(read)) shown.push(errors.length);
    expect(deadlines).toEqual(['1000', '3000']);
    expect(shown).toEqual([1, 0]);
  });

  it('reads nothing again for a partner that is known to be down, or to hang', async () => {
    const { deadlines, shown } = await readAll(() =>
      Promise.resolve({ fi: 'UNAVAILABLE', no: 'TIMED_OUT' }),
    );
    expect(deadlines).toEqual([1000]);
    expect(shown).toEqual([['UNAVAILABLE', undefined, []]]);
  });
});

describe('readWhenFree', () => {
  const overloaded = {
    data: null as object | null,
    errors: [{ message: 'Busy.', extensions: { code: 'OVERLOADED', retryAfter: 0 } }],
  };

  it('asks the busy hub again, and not within the time of an early response', async () => {
    const asked: Headers[] = [];
    const read = (headers: Headers) => {
      asked.push(headers);
      return Promise.resolve(asked.length < 3 ? overloaded : { data: {}, errors: [] });
    };
    expect(await readWhenFree(read, { 'hub-deadline-ms': '1000' })).toEqual({
      data: {},
      errors: [],
    });
    expect(asked).toEqual([{ 'hub-deadline-ms': '1000' }, undefined, undefined]);
  });

  it('holds nothing back that came, where only a part of it was refused', async () => {
    const part = { ...overloaded, data: { visit: { title: 'A week' } } };
    let asked = 0;
    const read = () => {
      asked += 1;
      return Promise.resolve(part);
    };
    expect(await readWhenFree(read)).toBe(part);
    expect(asked).toBe(1);
  });

  it('says that the hub is busy while the page waits to ask again', async () => {
    const said: number[] = [];
    let asked = 0;
    const read = () => {
      asked += 1;
      said.push(refused.peek());
      return Promise.resolve(asked === 1 ? overloaded : { data: {}, errors: [] });
    };
    const response = readWhenFree(read);
    await Promise.resolve();
    await Promise.resolve();
    said.push(refused.peek());
    await response;
    expect(said).toEqual([0, 1, 0]);
  });

  it('says that the hub is busy after some readings', async () => {
    let asked = 0;
    const read = () => {
      asked += 1;
      return Promise.resolve(overloaded);
    };
    expect(await readWhenFree(read)).toBe(overloaded);
    expect(asked).toBe(5);
  });
});
