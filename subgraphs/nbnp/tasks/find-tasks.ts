import type { Ask } from '../access/ask-others.js';
import type { OwnFacts } from './own-facts.js';
import type { Task } from './task.js';

/** A task without its id. It is certain and new, unless it says otherwise. */
export type FoundTask = Omit<Task, 'id' | 'isUncertain' | 'cause'> &
  Partial<Pick<Task, 'isUncertain' | 'cause'>>;

/**
 * Finds the tasks of some kinds that wait for an organisation. An unknown fact makes no task, or
 * one that is uncertain, if the network’s own records show what it is about. All
 * queries of one call share one request to the hub, so none may depend on another’s response.
 */
export type FindTasks = (own: OwnFacts, ask: Ask) => Promise<FoundTask[]>;
