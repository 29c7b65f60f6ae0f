using VideoGen.Grains.Media;

namespace VideoGen.Grains.Retention;

/// <summary>
/// The uploads that a walk over all generations found to be needed. One that cannot be read may need any upload of its owner,
/// and so may those of a history that cannot be read: of such an owner all are kept, and of the others none more than before.
/// </summary>
internal sealed class NeededUploads
{
    private readonly BloomFilter _names = new();
    private readonly HashSet<string> _ownersNotRead = [];

    /// <summary>May be called by many at once.</summary>
    public void Add(string name)
    {
        lock (_names)
        {
            _names.Add(name);
        }
    }

    /// <summary>Keeps all uploads of an owner. May be called by many at once.</summary>
    public void KeepAllOf(string owner)
    {
        lock (_names)
        {
            _ownersNotRead.Add(owner);
        }
    }

    public bool MayHold(string name) => _names.MayHold(name) || _ownersNotRead.Any(owner => MediaOwner.Owns(owner, name));
}
