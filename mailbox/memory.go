package mailbox

import "sync"

// A Finding is what is remembered of an item under one key: whether it can be
// converted, whatever the policy then makes of it.
type Finding struct {
	// Size is the number of octets of the converted message, and of the
	// substitute where there was one to make.
	Size           int64 `json:"size,omitempty"`
	SubstituteSize int64 `json:"substituteSize,omitempty"`
	// Reason and TraceID are those of [Verdict]; an item with a Reason cannot be
	// converted.
	Reason  string `json:"reason,omitempty"`
	TraceID string `json:"trace,omitempty"`
}

// A Memory remembers findings. It is used by several goroutines at once.
type Memory interface {
	// Get returns the finding under a key, and whether there is one.
	Get(key string) (Finding, bool, error)
	// Put remembers a finding. A key is 64 hexadecimal digits.
	Put(key string, f Finding) error
}

// InMemory is a [Memory] that lasts as long as the program. The zero value is
// ready for use.
type InMemory struct {
	mu       sync.Mutex
	findings map[string]Finding
}

// Get returns the finding under a key.
func (m *InMemory) Get(key string) (Finding, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f, ok := m.findings[key]
	return f, ok, nil
}

// Put remembers a finding.
func (m *InMemory) Put(key string, f Finding) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.findings == nil {
		m.findings = make(map[string]Finding)
	}
	m.findings[key] = f
	return nil
}
