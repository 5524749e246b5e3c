// Command benchmarks measures the library beside others on the same messages, in one
// process and on one processor where it can, and prints what each costs as a ratio.
//
//	go run . >table.md        ratios, allocations, and the targets of docs/performance.md
//	go run . -bounds          cost of hostile input at two sizes, the second the double
//	go run . -processes       beside programs in other languages, as processes; with
//	                          -rounds 3 it takes about a quarter of an hour
//	go run . -memory          resident memory of the conversion of a message of 2 GB
//
// Every message is made by the program from fixed seeds. Times are CPU time of the
// process, garbage collection included, where the system tells it.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

func main() {
	p := plan{out: os.Stdout}
	flag.IntVar(&p.rounds, "rounds", 7, "rounds, of which the median counts")
	flag.DurationVar(&p.stint, "stint", 60*time.Millisecond, "least time of each subject in a round")
	flag.StringVar(&p.only, "only", "", "run only the cases whose name holds this `text`")
	bounds := flag.Bool("bounds", false, "measure hostile input")
	flag.IntVar(&p.size, "size", 256<<10, "size n, in `bytes`, of hostile input")
	memory := flag.Bool("memory", false, "measure resident memory")
	processes := flag.Bool("processes", false, "measure programs in other languages, fetched as ../interop does")
	work := flag.String("work", "", "do this `work` so often and on such a file as the arguments say")
	profile := flag.String("cpuprofile", "", "write a profile to this `file`")
	flag.Parse()

	runtime.GOMAXPROCS(1)
	if *profile != "" {
		f, err := os.Create(*profile)
		check(err)
		check(pprof.StartCPUProfile(f))
		defer pprof.StopCPUProfile()
	}
	var err error
	switch {
	case *bounds:
		err = p.bounds()
	case *processes:
		err = p.processes(fullSizes)
	case *work != "":
		err = p.work(*work, flag.Args())
	case *memory:
		err = p.memory(2<<30 - 1)
	default:
		err = p.compare(fullSizes)
	}
	check(err)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
}
