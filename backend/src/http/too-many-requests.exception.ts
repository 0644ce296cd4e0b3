import { HttpException, HttpStatus } from '@nestjs/common';

/** The caller's budget is spent. */
export class TooManyRequestsException extends HttpException {
  constructor(readonly retryAfterSeconds: number) {
    super('too_many_requests', HttpStatus.TOO_MANY_REQUESTS);
  }
}
