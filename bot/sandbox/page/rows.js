// A list of [key, html] pairs, drawn so that only what changed is touched: what somebody types, the scroll position,
// the focus and opened menus of every other row stay as they are. The HTML comes escaped from the server.
export default {
  template: "<div></div>",
  props: { rows: Array, stick: Boolean },
  mounted() {
    const box = this.$el;
    // A picture takes its room only once it is there: who was at the end stays there.
    box.addEventListener("scroll", () => { this.atEnd = this.isNearEnd(box); });
    box.addEventListener("load", () => { if (this.stick && this.atEnd) this.toEnd(box); }, true);
    this.draw(true);
  },
  watch: { rows: { handler() { this.draw(false); }, flush: "post" } },
  methods: {
    draw(first) {
      const box = this.$el;
      const nearEnd = this.isNearEnd(box);
      const view = this.rows.length ? this.rows[0][0] : "";
      const moved = view !== this.view;
      this.view = view;
      const wanted = new Set(this.rows.map(([key]) => key));
      const have = new Map();
      for (const node of [...box.children]) {
        if (wanted.has(node.dataset.key)) have.set(node.dataset.key, node);
        else { window.sandbox.leave(node); node.remove(); }
      }
      let cursor = box.firstElementChild;
      for (const [key, html] of this.rows) {
        let node = have.get(key);
        const fresh = !node;
        if (fresh) {
          node = document.createElement("div");
          node.className = "sandbox-row";
          node.dataset.key = key;
        }
        if (node.sandboxHtml !== html) window.sandbox.replace(node, html);
        if (cursor === node) cursor = cursor.nextElementSibling;
        else box.insertBefore(node, cursor);
        if (fresh) window.sandbox.enter(node);
      }
      if (this.stick && (first || moved || nearEnd)) {
        this.toEnd(box);
        requestAnimationFrame(() => this.toEnd(box));
      }
    },
    isNearEnd(box) {
      return box.scrollHeight - box.scrollTop - box.clientHeight < 80 || Math.abs(box.scrollTop - this.held) < 40;
    },
    // The end; or the beginning of the last row, where that is too tall to be seen whole and is read from its top.
    toEnd(box) {
      const last = box.lastElementChild;
      const tall = last && last.offsetHeight > box.clientHeight - 24;
      box.scrollTop = tall ? last.offsetTop - box.offsetTop : box.scrollHeight;
      this.held = tall ? box.scrollTop : NaN;
      this.atEnd = true;
    },
  },
};
