import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { RouteMemo } from './route.memo.js';

class Base {
  read() {}
  write() {}
}
class Other extends Base {}

function route(controller: typeof Base, method: 'read' | 'write') {
  const handler: unknown = Reflect.get(controller.prototype, method);
  return new ExecutionContextHost([], controller, handler as () => void);
}

describe('RouteMemo', () => {
  it.each([true, false, '', null])('asks once for each route, also when it hears %j', (value) => {
    const asked: string[] = [];
    const memo = new RouteMemo((handler, controller) => {
      asked.push(`${controller.name}.${handler.name}`);
      return value;
    });
    for (let round = 0; round < 3; round += 1) {
      expect(memo.get(route(Base, 'read'))).toBe(value);
      expect(memo.get(route(Base, 'write'))).toBe(value);
      expect(memo.get(route(Other, 'read'))).toBe(value);
    }
    expect(asked).toEqual(['Base.read', 'Base.write', 'Other.read']);
  });

  it('keeps apart what two controllers say of a handler that both inherit', () => {
    const memo = new RouteMemo((_handler, controller) => controller.name);
    expect([memo.get(route(Base, 'read')), memo.get(route(Other, 'read'))]).toEqual([
      'Base',
      'Other',
    ]);
    expect(memo.get(route(Base, 'read'))).toBe('Base');
  });
});
