/// Takes a result that nothing else reads, so that the compiler keeps the work.
@inline(never)
func blackHole(_ result: some Any) {}
