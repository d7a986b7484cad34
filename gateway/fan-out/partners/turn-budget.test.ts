import { startWork } from '@hub/shared/graphql';
import { describe, expect, it } from 'vitest';
import { TurnBudget } from './turn-budget.js';

function createBudget() {
  let ms = 0;
  const budget = new TurnBudget(() => ms);
  const wait = (time: number) => void (ms += time);
  return { budget, wait };
}

describe('TurnBudget', () => {
  it('costs nothing for turns of up to 20 ms, however many they are', () => {
    const { budget } = createBudget();
    for (let turn = 0; turn < 100_000; turn += 1) budget.charge(20);
    expect(budget.isSpent).toBe(false);
  });

  it('allows a second at once beyond that', () => {
    const { budget } = createBudget();
    budget.charge(520);
    budget.charge(520);
    expect(budget.isSpent).toBe(false);
    budget.charge(21);
    expect(budget.isSpent).toBe(true);
  });

  it('gives a twentieth of the time back', () => {
    const { budget, wait } = createBudget();
    budget.charge(1_120);
    wait(1_900);
    expect(budget.isSpent).toBe(true);
    wait(100);
    expect(budget.isSpent).toBe(false);
    wait(3_600_000);
    budget.charge(1_020);
    expect(budget.isSpent).toBe(false);
  });

  it('never gives more than a twentieth and a first second to turns of any length', () => {
    for (const turnMs of [60, 300, 800]) {
      const { budget, wait } = createBudget();
      let usedMs = 0;
      for (let now = 0; now < 600_000; now += 10) {
        if (!budget.isSpent) {
          budget.charge(turnMs);
          usedMs += turnMs - 20;
        }
        wait(10);
      }
      expect(usedMs).toBeLessThan(1_000 + turnMs + 600_000 * 0.05);
    }
  });

  it('charges the CPU time of work, also if it throws', () => {
    const { budget } = createBudget();
    budget.charge(1_020);
    const work = () => {
      const stop = startWork();
      while (stop() < 30);
      throw new Error('refused');
    };
    expect(() => budget.run(work)).toThrow('refused');
    expect(budget.isSpent).toBe(true);
  });
});
