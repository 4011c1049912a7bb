// Package metrics counts what the bot does and serves the figures to whoever watches
// it: Prometheus at /metrics, a supervisor at /healthz and /readyz.
//
// It is told by package bot what happens and asks it for how things are; it knows
// neither Discord nor the articles. No label holds a text or an id of a person: ways
// of asking, outcomes and stages are all constants of the program.
//
// Start with [New], then [Metrics.Handler]; listen.go says where that is served.
package metrics

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// A Status is how things are at a moment.
type Status struct {
	Connected  bool // to Discord's gateway
	LoginsLeft int  // today, within the bot's own limit; below zero: not known yet
	IndexReady bool // the meaning of all sentences is known
	Corpus     Corpus
}

// A Corpus is the articles that are answered from; zero where none are read yet.
type Corpus struct {
	Version             string // changes when an article does
	Articles, Sentences int
	Read                time.Time
}

// Metrics are the figures of one bot. Its methods may be called from several
// goroutines and do not block.
type Metrics struct {
	registry  *prometheus.Registry
	status    func() Status
	questions *prometheus.CounterVec
	stages    *prometheus.HistogramVec
	depth     prometheus.Histogram
	limits    *prometheus.CounterVec
}

// New returns figures that are all zero. status is called for each request.
func New(status func() Status) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(), status: status,
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dossier_questions_total", Help: "Questions put to the articles, by way of asking and what became of them.",
		}, []string{"way", "outcome"}),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "dossier_stage_seconds", Help: "How long each stage of an answer took.",
			// Discord waits three seconds for the answer to a command.
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 1.5, 3, 10, 30},
		}, []string{"stage"}),
		depth: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "dossier_reader_depth", Help: "How many candidate sentences were read for an answer.",
			Buckets: []float64{4, 8, 12, 16, 24},
		}),
		limits: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dossier_rate_limits_total", Help: "Rate limits met: of a person who asks too often (person), or of Discord for a route, for the bot (global) or for its address.",
		}, []string{"limit"}),
	}
	m.registry.MustRegister(m.questions, m.stages, m.depth, m.limits, state{status},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Asked counts a question: how it was asked, and what became of it.
func (m *Metrics) Asked(way, outcome string) { m.questions.WithLabelValues(way, outcome).Inc() }

// Took notes how long a stage of an answer took.
func (m *Metrics) Took(stage string, d time.Duration) {
	m.stages.WithLabelValues(stage).Observe(d.Seconds())
}

// Read notes how many candidate sentences were read for an answer.
func (m *Metrics) Read(depth int) { m.depth.Observe(float64(depth)) }

// Limited counts a rate limit that was met.
func (m *Metrics) Limited(limit string) { m.limits.WithLabelValues(limit).Inc() }

// state gives the figures that are looked up when somebody asks for them.
type state struct{ status func() Status }

var (
	connected = prometheus.NewDesc("dossier_gateway_connected", "1 while the bot is connected to Discord's gateway.", nil, nil)
	logins    = prometheus.NewDesc("dossier_logins_left", "How often the bot may still log in today, by its own limit, which is below Discord's.", nil, nil)
	ready     = prometheus.NewDesc("dossier_index_ready", "1 once the meaning of all sentences is known.", nil, nil)
	corpus    = prometheus.NewDesc("dossier_corpus_info", "The articles that are answered from; always 1.", []string{"version", "articles", "sentences", "read"}, nil)
)

// Describe is for [prometheus.Collector].
func (s state) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{connected, logins, ready, corpus} {
		ch <- d
	}
}

// Collect is for [prometheus.Collector].
func (s state) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	is := map[bool]float64{true: 1}
	st := s.status()
	gauge(connected, is[st.Connected])
	gauge(ready, is[st.IndexReady])
	if st.LoginsLeft >= 0 {
		gauge(logins, float64(st.LoginsLeft))
	}
	if c := st.Corpus; c != (Corpus{}) {
		gauge(corpus, 1, c.Version, strconv.Itoa(c.Articles), strconv.Itoa(c.Sentences), c.Read.UTC().Format(time.RFC3339))
	}
}

// Handler serves /metrics, /healthz and /readyz. The first of the two says that the
// program runs, the second that it answers as well as it can: it is connected and
// the index is ready. Where it does not, the second says why, with 503.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		var missing []string
		switch st := m.status(); {
		case st.Corpus == Corpus{}:
			missing = append(missing, "the articles are being read")
		case !st.IndexReady:
			missing = append(missing, "the meaning of new articles is being computed")
			fallthrough
		default:
			if !st.Connected {
				missing = append(missing, "not connected to Discord")
			}
		}
		if len(missing) > 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprintln(w, strings.Join(missing, "; "))
			return
		}
		fmt.Fprintln(w, "ok")
	})
	return mux
}
