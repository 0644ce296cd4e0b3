import type { ExecutionContext, Type } from '@nestjs/common';

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** Remembers what the decorators of a handler and its controller say: metadata is slow to ask for. */
export class RouteMemo<Value> {
  private readonly byHandler = new WeakMap<Handler, WeakMap<Type, Value>>();

  constructor(private readonly read: (handler: Handler, controller: Type) => Value) {}

  get(context: ExecutionContext): Value {
    const handler = context.getHandler();
    const controller = context.getClass();
    // A handler may be inherited by several controllers.
    let byController = this.byHandler.get(handler);
    if (byController === undefined) this.byHandler.set(handler, (byController = new WeakMap()));
    let value = byController.get(controller);
    if (value === undefined) byController.set(controller, (value = this.read(handler, controller)));
    return value;
  }
}
