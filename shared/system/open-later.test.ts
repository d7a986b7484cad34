import { describe, expect, it, vi } from 'vitest';
import { openLater } from './open-later.js';

describe('openLater', () => {
  it('opens once, when it is first needed', async () => {
    const close = vi.fn(() => Promise.resolve());
    const open = vi.fn(() => Promise.resolve('database'));
    const later = openLater(open, close);
    expect(open).not.toHaveBeenCalled();
    expect(await Promise.all([later.open(), later.open()])).toEqual(['database', 'database']);
    expect(open).toHaveBeenCalledTimes(1);
    await later.close();
    expect(close).toHaveBeenCalledWith('database');
  });

  it('tries again after a failure, and closes nothing that was never opened', async () => {
    const close = vi.fn(() => Promise.resolve());
    const open = vi
      .fn(() => Promise.resolve('database'))
      .mockRejectedValueOnce(new Error('locked'));
    const later = openLater(open, close);
    await later.close();
    await expect(later.open()).rejects.toThrow('locked');
    await later.close();
    expect(close).not.toHaveBeenCalled();
    expect(await later.open()).toBe('database');
  });
});
