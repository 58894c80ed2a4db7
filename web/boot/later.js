// The part of a module that nothing needs until the first chart stands. It is brought when there is time, or at once when
// one of its functions is called before; `first` are the exports of the part that is there already.
"use strict";
const laterPart = (address) => {
  let joined = false, ready = null;
  const join = (first, module) => {
    if (joined) return;
    new WebAssembly.Instance(module, { first });
    first.later_is_here.value = 1;
    joined = true;
  };
  return {
    // Has it at hand before it is demanded: a request that is waited for does not reach a service worker, so without a
    // network `demand` alone would find nothing.
    async prepare() {
      const response = await fetch(address);
      if (response.ok) ready = await WebAssembly.compile(await response.arrayBuffer());
    },
    // Called by the module itself, in the middle of a function: only a request that is waited for can help there.
    demand(first) {
      if (ready) return join(first, ready);
      const request = new XMLHttpRequest();
      request.open("GET", address, false);
      request.overrideMimeType("text/plain; charset=x-user-defined"); // one letter a byte
      request.send();
      if (request.status !== 200) throw new Error(`${address}: ${request.status} ${request.statusText}`);
      join(first, new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255)));
    },
    // A failure is no loss: what is not here yet is demanded when it is needed.
    async bring(first) {
      if (ready) return join(first, ready);
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
      if (!joined) join(first, await WebAssembly.compile(await response.arrayBuffer()));
    },
  };
};
