import { TooManyRequestsException } from '../http/too-many-requests.exception.js';
import { RequestBudgets } from './request.budgets.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Seconds to wait, or `undefined` for a request that passes. */
function refusal(budgets: RequestBudgets, caller: string): number | undefined {
  try {
    budgets.spend(caller);
    return undefined;
  } catch (error) {
    if (error instanceof TooManyRequestsException) return error.retryAfterSeconds;
    throw error;
  }
}

describe('the budget of a caller', () => {
  it('lets the limit pass, then says how long to wait, and starts anew after that', () => {
    const budgets = new RequestBudgets(2);
    expect(refusal(budgets, 'ada')).toBeUndefined();
    jest.advanceTimersByTime(20_500);
    expect(refusal(budgets, 'ada')).toBeUndefined();
    expect(refusal(budgets, 'ada')).toBe(40);
    jest.advanceTimersByTime(39_499);
    expect(refusal(budgets, 'ada')).toBe(1);
    jest.advanceTimersByTime(1);
    expect(refusal(budgets, 'ada')).toBeUndefined();
  });

  it('is its own', () => {
    const budgets = new RequestBudgets(1);
    expect(refusal(budgets, 'ada')).toBeUndefined();
    expect(refusal(budgets, 'bob')).toBeUndefined();
    expect(refusal(budgets, 'ada')).toBe(60);
  });

  it('is endless at 0', () => {
    const budgets = new RequestBudgets(0);
    for (let count = 0; count < 10; count += 1) expect(refusal(budgets, 'ada')).toBeUndefined();
  });

  it('is shared by callers beyond as many as are remembered, until windows end', () => {
    const budgets = new RequestBudgets(1, 2);
    expect(refusal(budgets, 'ada')).toBeUndefined();
    expect(refusal(budgets, 'bob')).toBeUndefined();
    expect(refusal(budgets, 'carol')).toBeUndefined();
    expect(refusal(budgets, 'dave')).toBe(60);
    expect(refusal(budgets, 'ada')).toBe(60);
    jest.advanceTimersByTime(60_000);
    for (const caller of ['dave', 'carol']) expect(refusal(budgets, caller)).toBeUndefined();
  });
});
