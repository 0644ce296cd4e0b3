import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { tap, type Observable } from 'rxjs';
import type { HttpRequest } from './client-address.js';

/** Points `Location` of a 201 at the new resource: the path of the collection and its `id`. */
@Injectable()
export class LocationInterceptor implements NestInterceptor<{ id: string }> {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler<{ id: string }>,
  ): Observable<{ id: string }> {
    const http = context.switchToHttp();
    const [path = ''] = http.getRequest<HttpRequest>().url.split('?');
    return next.handle().pipe(
      tap(({ id }) => {
        const location = `${path.replace(/\/$/, '')}/${encodeURIComponent(id)}`;
        this.adapterHost.httpAdapter.setHeader(http.getResponse<object>(), 'location', location);
      }),
    );
  }
}
