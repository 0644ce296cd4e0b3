import { SetMetadata } from '@nestjs/common';

export const UNLIMITED = Symbol('UNLIMITED');

/** A public route that anybody may call as often as they like, such as a probe. */
export const Unlimited = () => SetMetadata(UNLIMITED, true);
