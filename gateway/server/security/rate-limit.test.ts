import { HubError } from '@hub/shared/errors';
import { anonymous, type Reader } from '@hub/shared/identity';
import { describe, expect, it } from 'vitest';
import { countRequests, createRateLimit, type Rate } from './rate-limit.js';

const personOf = (organisation: string, subject: string): Reader => ({
  kind: 'person',
  organisation,
  subject,
  role: 'analyst',
  purpose: undefined,
});

function openLimit({
  perSecond = 10,
  burst = 20,
  remembered = 100,
  ...others
}: Partial<Rate> & { remembered?: number } = {}) {
  const clock = { ms: 0 };
  const { count, openAccount } = createRateLimit({
    ...others,
    perSecond,
    burst,
    remembered,
    now: () => clock.ms,
  });
  /** How many of a hundred requests pass. */
  const passed = (reader: Reader, address?: string) => {
    let passes = 0;
    try {
      while (passes < 100) {
        count(reader, address);
        passes += 1;
      }
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      expect(error).toMatchObject({ code: 'RATE_LIMITED' });
    }
    return passes;
  };
  return { clock, count, openAccount, passed };
}

describe('RATE_LIMITED', () => {
  it('is raised after a burst, and no more than the rate passes from then on', () => {
    const { clock, passed } = openLimit();
    const anna = personOf('no', 'anna');
    expect(passed(anna)).toBe(20);
    clock.ms += 500;
    expect(passed(anna)).toBe(5);
    clock.ms += 3_600_000;
    expect(passed(anna)).toBe(20);
  });

  it('is raised for requests that other workers let through, until the bucket has refilled', () => {
    const clock = { ms: 0 };
    const limit = () => createRateLimit({ perSecond: 10, burst: 20, now: () => clock.ms });
    const [here, there] = [limit(), limit()];
    const anna = personOf('no', 'anna');
    for (let i = 0; i < 20; i += 1) for (const { count } of [here, there]) count(anna, undefined);
    const counts = here.takeCounts();
    expect(counts).toEqual({ 'no anna': 20, no: 20 });
    expect(here.takeCounts()).toEqual({});
    there.addCounts(counts);
    clock.ms += 2_000;
    expect(() => there.count(anna, undefined)).toThrow(HubError);
    clock.ms += 100;
    there.count(anna, undefined);
  });

  it('says after how many whole seconds the next request passes', () => {
    const { clock, count, passed } = openLimit({ perSecond: 0.25, burst: 1 });
    expect(passed(anonymous, '192.0.2.1')).toBe(1);
    const retryAfter = () => {
      try {
        count(anonymous, '192.0.2.1');
        return 0;
      } catch (error) {
        return (error as HubError).extensions.retryAfter;
      }
    };
    expect(retryAfter()).toBe(4);
    clock.ms += 3_000;
    expect(retryAfter()).toBe(1);
    clock.ms += 1_000;
    expect(retryAfter()).toBe(0);
  });

  it('is counted for each person, and for each address without a token', () => {
    const { passed } = openLimit();
    const readers = [personOf('no', 'anna'), personOf('se', 'anna'), personOf('no', 'kari')];
    for (const reader of readers) expect(passed(reader, '192.0.2.1')).toBe(20);
    for (const address of ['192.0.2.1', '192.0.2.2']) expect(passed(anonymous, address)).toBe(20);
  });

  it('limits an organisation, however many people it has', () => {
    const { passed } = openLimit({ organisationPerSecond: 30 });
    let all = 0;
    for (let index = 0; index < 600; index += 1) all += passed(personOf('no', `subject-${index}`));
    expect(all).toBe(60);
    expect(passed(personOf('se', 'anna'))).toBe(20);
    const service: Reader = { ...personOf('no', 'no'), role: 'service' } as Reader;
    expect(passed(service)).toBe(20);
  });

  it('counts work and bytes beyond a request’s share', () => {
    // Each of 10 requests a second has 10 ms and 100,000 bytes.
    const { clock, count, openAccount, passed } = openLimit({
      workMs: 100,
      workBytes: 1_000_000,
    });
    const address = '192.0.2.1';
    count(anonymous, address);
    const charge = openAccount(anonymous, address);
    charge({ ms: 10, bytes: 100_000 });
    charge({ ms: 50 });
    charge({ bytes: 400_000 });
    // One request, 5 for half a second of time, and 4 for the bytes.
    expect(passed(anonymous, address)).toBe(10);
    expect(passed(anonymous, '192.0.2.2')).toBe(20);
    charge({ ms: 29_000 });
    clock.ms += 9_000;
    expect(passed(anonymous, address)).toBe(0);
    clock.ms += 2_000;
    expect(passed(anonymous, address)).toBe(10);
  });

  it.each([
    ['125 ms of CPU time', { ms: 124 }, { ms: 126 }],
    ['25 MB', { bytes: 24_800_000 }, { bytes: 25_200_000 }],
  ])('leaves a caller %s a second by default', (_share, less, more) => {
    const address = '192.0.2.1';
    const isRefusedAfter = (work: typeof less) => {
      const { count, openAccount } = createRateLimit({ perSecond: 500, burst: 500, now: () => 0 });
      count(anonymous, address);
      openAccount(anonymous, address)(work);
      try {
        count(anonymous, address);
        return false;
      } catch {
        return true;
      }
    };
    expect([isRefusedAfter(less), isRefusedAfter(more)]).toEqual([false, true]);
  });

  it('has one share for all the work of a request', () => {
    const { openAccount, passed } = openLimit({ workMs: 100 });
    const charge = openAccount(anonymous, '192.0.2.1');
    for (let part = 0; part < 12; part += 1) charge({ ms: 9 });
    // Of 108 ms, 98 are beyond the share.
    expect(passed(anonymous, '192.0.2.1')).toBe(10);
    openAccount(anonymous, '192.0.2.2')({ ms: 9 });
    openAccount(anonymous, '192.0.2.2')({ ms: 9 });
    expect(passed(anonymous, '192.0.2.2')).toBe(20);
  });

  it('counts a person’s work for the organisation too', () => {
    const { openAccount, passed } = openLimit({ workMs: 100 });
    openAccount(personOf('no', 'anna'), undefined)({ ms: 410 });
    expect(passed(personOf('no', 'kari'))).toBe(0);
    expect(passed(personOf('se', 'kari'))).toBe(20);
  });

  it('counts a network of IPv6 as one address', () => {
    const { passed } = openLimit();
    expect(passed(anonymous, '2001:db8:1:2:3::1')).toBe(20);
    expect(passed(anonymous, '2001:db8:1:2::9')).toBe(0);
    expect(passed(anonymous, '2001:db8:1:3::9')).toBe(20);
    expect(passed(anonymous, '::1')).toBe(20);
    expect(passed(anonymous, '::ffff:192.0.2.1')).toBe(20);
  });

  it('is not raised for this process itself, which has no address', () => {
    expect(openLimit().passed(anonymous)).toBe(100);
  });

  it('is not raised sooner if the clock stops or goes back', () => {
    const { clock, passed } = openLimit();
    expect(passed(anonymous, '192.0.2.1')).toBe(20);
    clock.ms -= 10_000;
    expect(passed(anonymous, '192.0.2.1')).toBe(0);
    clock.ms += 1_000;
    expect(passed(anonymous, '192.0.2.1')).toBe(10);
  });

  it('drops the least recent callers, persons and addresses separately', () => {
    const { passed } = openLimit({ remembered: 2 });
    const anna = personOf('no', 'anna');
    expect(passed(anna)).toBe(20);
    for (const last of ['1', '2', '3']) expect(passed(anonymous, `192.0.2.${last}`)).toBe(20);
    expect(passed(anna)).toBe(0);
    expect(passed(anonymous, '192.0.2.3')).toBe(0);
    expect(passed(anonymous, '192.0.2.1')).toBe(20);
  });

  it('is raised for an address that keeps sending invalid tokens, and not for the person that they name', async () => {
    const authenticate = async (authorization: string | undefined): Promise<Reader> => {
      if (authorization === 'bad') throw new HubError('UNAUTHENTICATED');
      return personOf('no', 'anna');
    };
    const admit = countRequests(
      authenticate,
      createRateLimit({ perSecond: 1, burst: 1, now: () => 0 }).count,
    );
    const ask = (token: string) => admit(token, '192.0.2.1');
    await expect(ask('bad')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(ask('bad')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(ask('good')).resolves.toMatchObject({ subject: 'anna' });
    await expect(ask('good')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});
