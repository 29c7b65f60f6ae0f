using VideoGen.Grains.Media;

namespace VideoGen.Grains.Retention;

/// <summary>
/// The uploads that a walk over all generations found to be needed. A generation that cannot be read may need any upload of its
/// owner, and so may the entries of an unreadable history: all uploads of such an owner are kept, and this does not affect other
/// owners.
/// </summary>
internal sealed class NeededUploads
{
    private readonly BloomFilter _names = new();
    private readonly HashSet<string> _ownersNotRead = [];

    /// <summary>Thread-safe.</summary>
    public void Add(IEnumerable<string> names)
    {
        lock (_names)
        {
            foreach (var name in names)
            {
                _names.Add(name);
            }
        }
    }

    /// <summary>Keeps all uploads of an owner. Thread-safe.</summary>
    public void KeepAllOf(string owner)
    {
        lock (_names)
        {
            _ownersNotRead.Add(owner);
        }
    }

    public bool MayHold(string name) => _names.MayHold(name) || _ownersNotRead.Any(owner => MediaOwner.Owns(owner, name));
}
