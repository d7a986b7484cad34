import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Bag, watchResponse } from './served-context.js';

function createResponse({ destroyed = false } = {}) {
  return Object.assign(new EventEmitter(), { destroyed, writableFinished: false });
}

describe('watchResponse', () => {
  it('fires for all listeners when the connection closes before the response was sent', () => {
    const response = createResponse();
    const signal = watchResponse(response as never);
    const told: string[] = [];
    const leave = () => told.push('left');
    signal.addEventListener('abort', () => told.push('one'));
    signal.addEventListener('abort', leave);
    signal.addEventListener('abort', () => told.push('two'));
    signal.removeEventListener('abort', leave);
    expect(signal.aborted).toBe(false);
    response.emit('close');
    expect(signal.aborted).toBe(true);
    expect(told).toEqual(['one', 'two']);
  });

  it('does not fire after the response was sent', () => {
    const response = createResponse();
    const signal = watchResponse(response as never);
    signal.addEventListener('abort', () => expect.unreachable());
    response.writableFinished = true;
    response.emit('close');
    expect(signal.aborted).toBe(false);
  });

  it('has fired if the client disconnected before anybody listened', () => {
    expect(watchResponse(createResponse({ destroyed: true }) as never).aborted).toBe(true);
  });
});

const items = (count: number) =>
  Array.from({ length: count }, (_, number) => ({ number, place: -1 }));
const numbers = (bag: Bag<{ number: number; place: number }>) =>
  bag
    .list()
    .map(({ number }) => number)
    .toSorted((a, b) => a - b);

describe('Bag', () => {
  it('has the added items without the deleted ones, in any order', () => {
    const bag = new Bag<{ number: number; place: number }>();
    const all = items(6);
    for (const item of all) bag.add(item);
    for (const number of [0, 5, 2]) expect(bag.delete(all[number]!)).toBe(true);
    expect(numbers(bag)).toEqual([1, 3, 4]);
    for (const number of [4, 1, 3]) expect(bag.delete(all[number]!)).toBe(true);
    expect(bag.size).toBe(0);
  });

  it('does not delete an item that is not in it', () => {
    const [first, second, other] = items(3);
    const bag = new Bag<{ number: number; place: number }>();
    bag.add(first!);
    bag.add(second!);
    expect(bag.delete(other!)).toBe(false);
    expect(bag.delete(first!)).toBe(true);
    expect(bag.delete(first!)).toBe(false);
    expect(numbers(bag)).toEqual([1]);
  });
});
