import { SessionEndedError, TokenUnavailableError } from './access-token';
import { ApiProblem, formSentenceFor, isTransient, sentenceFor } from './api-problem';

describe('what the API answers instead of success', () => {
  it('keeps the field errors of a problem document', () => {
    const errors = [{ field: 'title', message: 'The title must have 1 to 200 characters.' }];
    const problem = new ApiProblem(400, { title: 'Invalid', errors: [...errors, 'rubbish'] });
    expect(problem.message).toBe('Invalid');
    expect(problem.errors).toEqual(errors);
  });

  it('is a sentence even when the body is not one of ours', () => {
    expect(new ApiProblem(502, '<html>').message).toBe('The request was refused.');
  });

  it.each([
    [new TypeError('Failed to fetch'), true],
    [new TokenUnavailableError(), true],
    [new ApiProblem(503, {}), true],
    [new ApiProblem(429, {}), true],
    [new ApiProblem(400, {}), false],
    [new ApiProblem(401, {}), false],
    [new ApiProblem(404, {}), false],
    [new SessionEndedError(), false],
  ])('%s may pass by itself: %s', (error, passes) => {
    expect(isTransient(error)).toBe(passes);
  });

  it('says that typed text is kept, where the connection was lost', () => {
    expect(formSentenceFor(new TypeError())).toMatch(/cannot reach Tessera.*is kept/);
    expect(sentenceFor(new ApiProblem(404, {}))).toBe('This task is no longer there.');
  });
});
